// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {AuthorityRegistry} from "./AuthorityRegistry.sol";
import {Regions} from "./Regions.sol";
import {IAuthorityRegistry} from "./interfaces/IAuthorityRegistry.sol";
import {Deploy} from "./test/Deploy.t.sol";
import {Deployment} from "./test/Deployment.t.sol";
import {vm} from "./test/Vm.t.sol";

/// @dev This contract is the administrator.
contract AuthorityRegistryTest is Deployment {
    using Regions for uint24;

    uint64 private constant ADMINISTRATOR = 0;
    uint32 private constant ADMINISTRATORS_DELAY = 2 days;

    // The start of a deployment

    function test_aDeploymentStartsWithOneAdministratorAndNoAuthority() public {
        AuthorityRegistry fresh = Deploy.authorityRegistry(STRANGER, 3 days);
        vm.assertEq(fresh.appointmentDelay(), 3 days);
        vm.assertEq(fresh.sequence(), 0);
        vm.assertFalse(fresh.isFrozen());
        (bool isMember, ) = fresh.hasRole(ADMINISTRATOR, STRANGER);
        vm.assertTrue(isMember);
    }

    function test_aDeploymentWithoutAnAdministratorIsRefused() public {
        vm.expectRevert(
            abi.encodeWithSelector(
                IAccessManager.AccessManagerInvalidInitialAdmin.selector,
                address(0)
            )
        );
        Deploy.authorityRegistry(address(0), DELAY);
    }

    function test_theFirstNationalAuthorityActsAtOnce() public {
        access = Deploy.authorityRegistry(address(this), DELAY);
        vm.expectEmit(address(access));
        emit IAuthorityRegistry.AuthorityAppointed(COUNTRY, NATION, NOW, BASIS, address(this), 1);
        access.appointNational(NATION, BASIS);
        _assertAuthority(NATION, COUNTRY, true);
    }

    function test_everyFurtherNationalAuthorityWaitsForTheDelay() public {
        vm.expectEmit(address(access));
        emit IAuthorityRegistry.AuthorityAppointed(
            COUNTRY,
            STRANGER,
            NOW + DELAY,
            BASIS,
            address(this),
            7
        );
        access.appointNational(STRANGER, BASIS);
        _assertInEffectAfterTheDelay(STRANGER, COUNTRY);
    }

    function test_theDelayHoldsAlsoWhenTheOnlyNationalAuthorityWasDismissed() public {
        access.dismiss(COUNTRY, NATION, BASIS);
        access.appointNational(NATION, BASIS);
        _assertInEffectAfterTheDelay(NATION, COUNTRY);
    }

    function test_onlyTheAdministratorAppointsNationalAuthorities() public {
        address[4] memory others = [NATION, PROVINCE, OPERATOR, STRANGER];
        for (uint256 i = 0; i < others.length; i++) {
            vm.expectRevert(
                abi.encodeWithSelector(
                    IAccessManager.AccessManagerUnauthorizedAccount.selector,
                    others[i],
                    ADMINISTRATOR
                )
            );
            vm.prank(others[i]);
            access.appointNational(STRANGER, BASIS);
        }
    }

    function test_anAdministratorUnderADelaySchedulesANationalAppointment() public {
        _delayTheAdministrator();
        bytes memory call = abi.encodeCall(access.appointNational, (STRANGER, BASIS));
        bytes32 operation = access.hashOperation(address(this), address(access), call);
        vm.expectRevert(
            abi.encodeWithSelector(IAccessManager.AccessManagerNotScheduled.selector, operation)
        );
        access.appointNational(STRANGER, BASIS);

        access.schedule(address(access), call, 0);
        vm.warp(NOW + ADMINISTRATORS_DELAY - 1);
        vm.expectRevert(
            abi.encodeWithSelector(IAccessManager.AccessManagerNotReady.selector, operation)
        );
        access.appointNational(STRANGER, BASIS);

        vm.warp(NOW + ADMINISTRATORS_DELAY);
        access.appointNational(STRANGER, BASIS);
        vm.warp(NOW + ADMINISTRATORS_DELAY + DELAY - 1);
        _assertAuthority(STRANGER, COUNTRY, false);
        vm.warp(NOW + ADMINISTRATORS_DELAY + DELAY);
        _assertAuthority(STRANGER, COUNTRY, true);
    }

    // Appointing

    function test_anAppointmentIsToldAndTakesEffectAfterTheDelay() public {
        vm.expectEmit(address(access));
        emit IAuthorityRegistry.AuthorityAppointed(JIYANG, STRANGER, NOW + DELAY, BASIS, CITY, 7);
        vm.prank(CITY);
        access.appoint(JIYANG, STRANGER, BASIS);
        vm.assertEq(access.sequence(), 7);
        _assertInEffectAfterTheDelay(STRANGER, JIYANG);
    }

    function test_aRegistryWithoutADelayAppointsAtOnce() public {
        access = Deploy.authorityRegistry(address(this), 0);
        access.appointNational(NATION, BASIS);
        _appointBy(NATION, HAINAN, STRANGER);
        _assertAuthority(STRANGER, HAINAN, true);
    }

    function test_aDistrictsAuthorityIsAppointedByItsCityItsProvinceAndTheCountry() public {
        _appointBy(CITY, JIYANG, address(1));
        _appointBy(PROVINCE, JIYANG, address(2));
        _appointBy(NATION, JIYANG, address(3));
        _refuseAppointment(DISTRICT, JIYANG);
        _refuseAppointment(NEIGHBOUR_CITY, JIYANG);
        _refuseAppointment(NEIGHBOUR_PROVINCE, JIYANG);
        _refuseAppointment(address(this), JIYANG);
        _refuseAppointment(STRANGER, JIYANG);
    }

    function test_aCitysAuthorityIsAppointedByItsProvinceAndTheCountry() public {
        _appointBy(PROVINCE, SANYA, address(1));
        _appointBy(NATION, SANYA, address(2));
        _refuseAppointment(CITY, SANYA);
        _refuseAppointment(DISTRICT, SANYA);
        _refuseAppointment(NEIGHBOUR_CITY, SANYA);
        _refuseAppointment(NEIGHBOUR_PROVINCE, SANYA);
        _refuseAppointment(address(this), SANYA);
        _refuseAppointment(STRANGER, SANYA);
    }

    function test_aProvincesAuthorityIsAppointedByTheCountrys() public {
        _appointBy(NATION, HAINAN, address(1));
        _refuseAppointment(PROVINCE, HAINAN);
        _refuseAppointment(CITY, HAINAN);
        _refuseAppointment(DISTRICT, HAINAN);
        _refuseAppointment(NEIGHBOUR_PROVINCE, HAINAN);
        _refuseAppointment(address(this), HAINAN);
        _refuseAppointment(STRANGER, HAINAN);
    }

    function test_anAuthorityHandsOnItsRightForASubRegionOnlyWhenItsOwnIsInEffect() public {
        _appoint(STRANGER, SANYA);
        vm.warp(NOW + DELAY - 1);
        _refuseAppointment(STRANGER, JIYANG);
        vm.warp(NOW + DELAY);
        _appointBy(STRANGER, JIYANG, address(1));
    }

    function test_aDismissedAuthorityAppointsNobody() public {
        _dismissBy(PROVINCE, SANYA, CITY);
        _refuseAppointment(CITY, JIYANG);
    }

    function test_theCountrysAuthorityAndInvalidRegionsAreNotAppointedThisWay() public {
        _expectInvalidRegion(COUNTRY);
        _appointBy(NATION, COUNTRY, STRANGER);
        _expectInvalidRegion(460001);
        _appointBy(NATION, 460001, STRANGER);
        _expectInvalidRegion(99999);
        _appointBy(NATION, 99999, STRANGER);
        _expectInvalidRegion(1_000_000);
        _appointBy(NATION, 1_000_000, STRANGER);
    }

    function test_anAuthorityIsAppointedOnceToARegion() public {
        _expectAlreadyAppointed(SANYA, CITY);
        _appointBy(PROVINCE, SANYA, CITY);
        _appointBy(PROVINCE, SANYA, STRANGER);
        _expectAlreadyAppointed(SANYA, STRANGER);
        _appointBy(PROVINCE, SANYA, STRANGER);
        _expectAlreadyAppointed(COUNTRY, NATION);
        access.appointNational(NATION, BASIS);
    }

    function test_oneAccountMayBeAnAuthorityOverSeveralRegions() public {
        _appointBy(NATION, GUANGDONG, CITY);
        vm.warp(NOW + DELAY);
        _assertAuthority(CITY, GUANGDONG, true);
        _assertAuthority(CITY, SANYA, true);
        _dismissBy(NATION, SANYA, CITY);
        _assertAuthority(CITY, GUANGDONG, true);
        _assertAuthority(CITY, SANYA, false);
    }

    function testFuzz_anAuthorityAppointsExactlyWithinItsRegionAndNotForIt(
        uint256 seed,
        uint256 otherSeed
    ) public {
        uint24 held = _regionFrom(seed);
        uint24 region = _regionFrom(otherSeed);
        vm.assume(region != COUNTRY);
        _appoint(STRANGER, held);
        vm.warp(NOW + DELAY);
        bool isAbove = held != region && region.isWithin(held);
        if (!isAbove) _expectNotAllowed(STRANGER, region);
        _appointBy(STRANGER, region, address(1));
    }

    // Dismissing

    function test_aDismissalIsToldAndTakesEffectAtOnce() public {
        vm.expectEmit(address(access));
        emit IAuthorityRegistry.AuthorityDismissed(SANYA, CITY, BASIS, PROVINCE, 7);
        vm.prank(PROVINCE);
        access.dismiss(SANYA, CITY, BASIS);
        vm.assertEq(access.sequence(), 7);
        _assertAuthority(CITY, SANYA, false);
    }

    function test_anAuthorityIsDismissedByOneAboveItselfAndTheAdministrator() public {
        address[5] memory dismissers = [CITY, PROVINCE, NATION, DISTRICT, address(this)];
        for (uint256 i = 0; i < dismissers.length; i++) {
            _dismissBy(dismissers[i], JIYANG, DISTRICT);
            _assertAuthority(DISTRICT, JIYANG, false);
            _appoint(DISTRICT, JIYANG);
        }
    }

    function test_nobodyElseDismissesAnAuthority() public {
        _appoint(STRANGER, SANYA);
        vm.warp(NOW + DELAY);
        _refuseDismissal(STRANGER, SANYA, CITY);
        _refuseDismissal(DISTRICT, SANYA, CITY);
        _refuseDismissal(NEIGHBOUR_CITY, SANYA, CITY);
        _refuseDismissal(NEIGHBOUR_PROVINCE, SANYA, CITY);
        _refuseDismissal(OPERATOR, SANYA, CITY);
        _refuseDismissal(CITY, HAINAN, PROVINCE);
    }

    function test_aNationalAuthorityIsDismissedByItselfAndTheAdministratorOnly() public {
        access.appointNational(STRANGER, BASIS);
        vm.warp(NOW + DELAY);
        _refuseDismissal(NATION, COUNTRY, STRANGER);
        _refuseDismissal(PROVINCE, COUNTRY, STRANGER);
        _dismissBy(STRANGER, COUNTRY, STRANGER);
        _dismissBy(address(this), COUNTRY, NATION);
        _assertAuthority(STRANGER, COUNTRY, false);
        _assertAuthority(NATION, COUNTRY, false);
    }

    function test_anAdministratorUnderADelayDismissesAtOnceAllTheSame() public {
        _delayTheAdministrator();
        access.dismiss(SANYA, CITY, BASIS);
        _assertAuthority(CITY, SANYA, false);
    }

    function test_anAppointmentThatIsNotInEffectYetIsDismissedToo() public {
        _appoint(STRANGER, SANYA);
        _dismissBy(PROVINCE, SANYA, STRANGER);
        vm.warp(NOW + DELAY);
        _assertAuthority(STRANGER, SANYA, false);
    }

    function test_onlyAnAuthorityIsDismissed() public {
        _expectNotAppointed(SANYA, STRANGER);
        _dismissBy(PROVINCE, SANYA, STRANGER);
        _expectNotAppointed(SANYA, STRANGER);
        _dismissBy(STRANGER, SANYA, STRANGER);
        _dismissBy(PROVINCE, SANYA, CITY);
        _expectNotAppointed(SANYA, CITY);
        _dismissBy(PROVINCE, SANYA, CITY);
    }

    function test_nobodyIsDismissedFromAnInvalidRegion() public {
        access.grantRole(1_000_000 + 4_000_000, STRANGER, 0);
        _expectInvalidRegion(4_000_000);
        access.dismiss(4_000_000, STRANGER, BASIS);
    }

    function test_aDismissedAuthorityMayBeAppointedAgain() public {
        _dismissBy(PROVINCE, SANYA, CITY);
        _appointBy(PROVINCE, SANYA, CITY);
        _assertInEffectAfterTheDelay(CITY, SANYA);
    }

    // The access manager's own functions

    function test_theRolesOfRegionsAreNotGrantedRevokedOrRenounced() public {
        uint64[4] memory roles = [uint64(1_000_000), 1_000_000 + SANYA, 1_500_000, 1_999_999];
        for (uint256 i = 0; i < roles.length; i++) {
            _expectUseAppointment(roles[i]);
            access.grantRole(roles[i], STRANGER, 0);
            _expectUseAppointment(roles[i]);
            access.revokeRole(roles[i], CITY);
            _expectUseAppointment(roles[i]);
            vm.prank(CITY);
            access.renounceRole(roles[i], CITY);
        }
        _assertAuthority(CITY, SANYA, true);
    }

    function test_noDetourGrantsTheRoleOfARegion() public {
        uint64 role = 1_000_000 + SANYA;
        bytes memory call = abi.encodeCall(access.grantRole, (role, STRANGER, 0));
        bytes[] memory calls = new bytes[](1);
        calls[0] = call;
        _expectUseAppointment(role);
        access.multicall(calls);
        _expectUseAppointment(role);
        access.execute(address(access), call);

        access.setRoleAdmin(role, 7);
        access.grantRole(7, STRANGER, 0);
        _expectUseAppointment(role);
        vm.prank(STRANGER);
        access.grantRole(role, STRANGER, 0);
    }

    function test_aGrantDelayOrAGuardianOfARegionsRoleChangesNoAppointment() public {
        access.setGrantDelay(1_000_000 + JIYANG, 0);
        access.setRoleGuardian(1_000_000 + JIYANG, access.PUBLIC_ROLE());
        _appointBy(CITY, JIYANG, STRANGER);
        _assertInEffectAfterTheDelay(STRANGER, JIYANG);
    }

    function test_allOtherRolesAreTheAccessManagers() public {
        uint64[3] memory roles = [uint64(0), 999_999, 2_000_000];
        for (uint256 i = 0; i < roles.length; i++) {
            access.grantRole(roles[i], STRANGER, 5);
            (bool isMember, uint32 delay) = access.hasRole(roles[i], STRANGER);
            vm.assertTrue(isMember);
            vm.assertEq(delay, 5);
            access.revokeRole(roles[i], STRANGER);
            access.grantRole(roles[i], STRANGER, 0);
            vm.prank(STRANGER);
            access.renounceRole(roles[i], STRANGER);
            (isMember, ) = access.hasRole(roles[i], STRANGER);
            vm.assertFalse(isMember);
        }
    }

    function test_onlyTheAdministratorGrantsAndRevokesOtherRoles() public {
        _expectUnauthorisedAccount(NATION);
        vm.prank(NATION);
        access.grantRole(999_999, NATION, 0);
        _expectUnauthorisedAccount(NATION);
        vm.prank(NATION);
        access.revokeRole(ADMINISTRATOR, address(this));
        vm.expectRevert(
            abi.encodeWithSelector(IAccessManager.AccessManagerBadConfirmation.selector)
        );
        vm.prank(NATION);
        access.renounceRole(ADMINISTRATOR, address(this));
    }

    // Steps

    /// @dev Giving the administrator a delay takes effect at once: it makes it slower.
    function _delayTheAdministrator() private {
        access.grantRole(ADMINISTRATOR, address(this), ADMINISTRATORS_DELAY);
    }

    function _appointBy(address caller, uint24 region, address account) private {
        vm.prank(caller);
        access.appoint(region, account, BASIS);
    }

    function _refuseAppointment(address caller, uint24 region) private {
        _expectNotAllowed(caller, region);
        _appointBy(caller, region, STRANGER);
    }

    function _dismissBy(address caller, uint24 region, address account) private {
        vm.prank(caller);
        access.dismiss(region, account, BASIS);
    }

    function _refuseDismissal(address caller, uint24 region, address account) private {
        _expectNotAllowed(caller, region);
        _dismissBy(caller, region, account);
    }

    function _expectNotAllowed(address account, uint24 region) private {
        vm.expectRevert(
            abi.encodeWithSelector(
                IAuthorityRegistry.AuthorityRegistryNotAllowed.selector,
                account,
                region
            )
        );
    }

    function _expectInvalidRegion(uint24 region) private {
        vm.expectRevert(
            abi.encodeWithSelector(
                IAuthorityRegistry.AuthorityRegistryInvalidRegion.selector,
                region
            )
        );
    }

    function _expectAlreadyAppointed(uint24 region, address account) private {
        vm.expectRevert(
            abi.encodeWithSelector(
                IAuthorityRegistry.AuthorityRegistryAlreadyAppointed.selector,
                region,
                account
            )
        );
    }

    function _expectNotAppointed(uint24 region, address account) private {
        vm.expectRevert(
            abi.encodeWithSelector(
                IAuthorityRegistry.AuthorityRegistryNotAppointed.selector,
                region,
                account
            )
        );
    }

    function _expectUseAppointment(uint64 role) private {
        vm.expectRevert(
            abi.encodeWithSelector(
                IAuthorityRegistry.AuthorityRegistryUseAppointment.selector,
                role
            )
        );
    }

    function _expectUnauthorisedAccount(address account) private {
        vm.expectRevert(
            abi.encodeWithSelector(
                IAccessManager.AccessManagerUnauthorizedAccount.selector,
                account,
                ADMINISTRATOR
            )
        );
    }

    function _assertInEffectAfterTheDelay(address account, uint24 region) private {
        vm.warp(NOW + DELAY - 1);
        _assertAuthority(account, region, false);
        vm.warp(NOW + DELAY);
        _assertAuthority(account, region, true);
    }

    function _assertAuthority(address account, uint24 region, bool expected) private view {
        (bool isMember, uint32 delay) = access.hasRole(1_000_000 + region, account);
        vm.assertTrue(isMember == expected);
        vm.assertEq(delay, 0);
    }

    /// @dev Of two provinces with two cities of two districts each, and the country.
    function _regionFrom(uint256 seed) private pure returns (uint24) {
        if (seed % 5 == 0) return COUNTRY;
        uint256 city = (seed >> 8) % 3;
        uint256 district = city == 0 ? 0 : (seed >> 16) % 3;
        return uint24((44 + (seed % 2)) * 10_000 + city * 100 + district);
    }
}
